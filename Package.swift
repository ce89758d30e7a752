// swift-tools-version: 6.3

import PackageDescription

/// The settings of every target; each names the proposal that explains it.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),  // SE-0335
    .enableUpcomingFeature("InternalImportsByDefault"),  // SE-0409
    .enableUpcomingFeature("MemberImportVisibility"),  // SE-0444
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),  // SE-0461
    .enableUpcomingFeature("InferIsolatedConformances"),  // SE-0470
    .treatAllWarnings(as: .error),  // SE-0480
]

/// The settings of the targets that call C: every unsafe expression says so (SE-0458).
let touchesC = strict + [.strictMemorySafety()]

/// A C library of the system, wrapped by nothing but a module map and a shim.
func system(_ name: String, pkgConfig: String? = nil, apt: String) -> Target {
    .systemLibrary(name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: [.apt([apt])])
}

/// A library of Purser's own, with its tests beside it.
func module(
    _ name: String,
    _ dependencies: [Target.Dependency],
    testing: [Target.Dependency] = [],
    settings: [SwiftSetting] = strict,
    exclude: [String] = []
) -> [Target] {
    [
        .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings),
        .testTarget(
            name: "\(name)Tests",
            dependencies: [.byName(name: name), "TestSupport"] + dependencies + testing,
            swiftSettings: strict
        ),
    ]
}

/// The fuzzers' driver, which links only where scripts/fuzz builds it with libFuzzer.
let fuzzers: [Target] =
    Context.environment["PURSER_FUZZ"] == nil
    ? []
    : [
        .executableTarget(
            name: "Fuzz",
            dependencies: ["Manifests", "Platform", "CZip"],
            path: "Tests/Fuzz",
            exclude: ["csv.dict", "markup.dict"],
            swiftSettings: strict
        )
    ]

let package = Package(
    name: "purser",
    products: [.executable(name: "purser", targets: ["purser"])],
    targets: [
        // Layer 0: C libraries, and data compiled in.
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CMalloc", apt: "libc6-dev"),
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CIDN2", pkgConfig: "libidn2", apt: "libidn2-dev"),
        system("CUTF8Proc", apt: "libutf8proc-dev"),
        system("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("CZip", pkgConfig: "libzip", apt: "libzip-dev"),
        system("CXLSXWriter", pkgConfig: "xlsxwriter", apt: "libxlsxwriter-dev"),
        system("CUchardet", apt: "libuchardet-dev"),
        .target(
            name: "CResources",
            exclude: [
                "column-aliases.tsv", "countries.tsv", "country-rules.tsv", "customers.xsd", "html-entities.tsv",
                "languages.tsv", "months.tsv", "phone-numbers.tsv", "report.html", "subdivisions.tsv",
                "top-level-domains.tsv",
            ]
        ),

        // The executable, and what only tests use.
        .executableTarget(name: "purser", dependencies: ["CommandLineTool", "CMalloc"], swiftSettings: strict),
        .testTarget(
            name: "EndToEndTests",
            dependencies: ["purser", "TestSupport"],
            exclude: ["recompute_keys.py", "stand_in.py", "workbooks.py"],
            swiftSettings: strict
        ),
        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        // Apart from TestSupport, which imports Foundation: both have an ICU, and a module must not see the two.
        .target(
            name: "TestDoubles",
            dependencies: ["Checkpoint", "PartnerCenter", "PartnerCenterClient"],
            path: "Tests/TestDoubles",
            swiftSettings: strict
        ),
        // The simulation, whose process must be its own; CRuntime puts it in the place of the thread pool.
        .target(name: "CRuntime", path: "Tests/Simulation/CRuntime"),
        .executableTarget(
            name: "Simulation",
            dependencies: [
                "Platform", "PartnerCenter", "Telemetry", "SQLite", "Manifests", "HTTP", "Onboarding",
                "PartnerCenterClient", "Checkpoint", "Reports", "Jobs", "CRuntime",
            ],
            path: "Tests/Simulation/Swift",
            swiftSettings: strict
        ),
        .testTarget(name: "SimulationTests", dependencies: ["Simulation", "TestSupport"], swiftSettings: strict),
        // What scripts/bench compares the checkpoint with.
        .executableTarget(
            name: "ImportWithoutCheckpoint",
            dependencies: ["Platform", "Telemetry", "HTTP", "PartnerCenterClient", "Checkpoint", "Jobs"],
            path: "Tests/Benchmark",
            swiftSettings: strict
        ),
    ]
        + fuzzers
        // Layer 1
        + module("Platform", [], settings: touchesC)
        + module("PartnerCenter", ["Platform", "CLibXML2"], settings: touchesC)
        + module("Telemetry", ["Platform"])
        + module("SQLite", ["CSQLite"], settings: touchesC)
        // Layer 2
        + module(
            "Manifests",
            ["Platform", "CLibXML2", "CZip", "CUchardet", "CResources"],
            settings: touchesC,
            exclude: ["CSV/README.md"]
        )
        + module("HTTP", ["Platform", "CCurl"], settings: touchesC)
        + module("Checkpoint", ["Platform", "SQLite"])
        + module("Workbooks", ["Platform", "CXLSXWriter"], testing: ["Manifests"], settings: touchesC)
        // Layer 3
        + module(
            "Onboarding",
            [
                "Platform", "PartnerCenter", "Manifests", "Workbooks", "CCrypto", "CIDN2", "CUTF8Proc", "CXLSXWriter",
                "CResources",
            ],
            settings: touchesC
        )
        + module("PartnerCenterClient", ["Platform", "PartnerCenter", "HTTP", "Telemetry"], testing: ["TestDoubles"])
        + module(
            "Reports",
            [
                "Platform", "PartnerCenter", "Manifests", "Checkpoint", "Workbooks", "CCrypto", "CXLSXWriter",
                "CResources",
            ],
            settings: touchesC
        )
        + module("Emulator", ["Platform", "PartnerCenter", "SQLite", "CMicroHTTPD"], settings: touchesC)
        // Layer 4
        + module(
            "Jobs",
            [
                "Platform", "PartnerCenter", "SQLite", "Manifests", "Onboarding", "PartnerCenterClient", "Checkpoint",
                "Reports", "Workbooks",
            ],
            testing: ["HTTP", "TestDoubles"]
        )
        // Layer 5; SelfTest knows Purser only as its users do, by its commands and files.
        + module("SelfTest", ["Platform", "SQLite", "Manifests"])
        + module(
            "CommandLineTool",
            [
                "Platform", "PartnerCenter", "Telemetry", "Manifests", "HTTP", "Onboarding", "PartnerCenterClient",
                "Checkpoint", "Reports", "Emulator", "Jobs", "SelfTest",
            ],
            testing: ["TestDoubles"]
        ),
    cLanguageStandard: .gnu2x  // C23: #embed
)
