import Foundation
import TestSupport
import Testing

/// The page as a browser shows it; skipped where there is no Chromium.
@Suite(.enabled(if: Browser.isInstalled, "Chromium is not installed; scripts/test --all installs it"))
struct ReportPageTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let bad = ManifestText.row(3).replacing(",US,", with: ",XX,").replacing("Farms 3", with: "<b>Farms</b> 3")
        _ = try folder.write(ManifestText.rows(1...2) + bad + "\n" + ManifestText.row(4) + "\n", to: "customers.csv")
        #expect(try PurserProcess.run(["import", "customers.csv"], in: folder.path).exitCode == 1)
    }

    private func show(_ address: String = "", script: String = "") throws -> Browser.Page {
        var page = try folder.read("reports/customers.csv.report.html")
        page = page.replacing("</body>", with: "<script>\(script)</script></body>")
        _ = try folder.write(page, to: "page.html")
        return try Browser.open(folder("page.html") + address, in: folder.path)
    }

    @Test func thePageIsDrawnWithoutAnError() throws {
        let page = try show()
        #expect(page.errors.isEmpty, "\(page.errors)")
        #expect(page.document.contains("4 of 4 rows"))
        #expect(page.document.contains("Brightwater Farms 1"))
        #expect(page.document.contains("&lt;b&gt;Farms&lt;/b&gt; 3"))
        #expect(page.document.contains("<svg"))
    }

    @Test func theAddressSaysWhichRowsAreShown() throws {
        #expect(try show("#status=invalid").document.contains("1 of 4 rows"))
        #expect(try show("#q=farms+brightwater2").document.contains("1 of 4 rows"))
        #expect(try show("#q=crm-2").document.contains("1 of 4 rows"))
        #expect(try show("#q=nobody").document.contains("0 of 4 rows"))
    }

    @Test func typingInTheSearchFieldFilters() throws {
        let script = """
            const field = document.getElementById("search");
            field.value = "brightwater2";
            field.dispatchEvent(new Event("input"));
            """
        let page = try show(script: script)
        #expect(page.document.contains("1 of 4 rows"))
        #expect(page.errors.isEmpty)
    }

    @Test func aColumnsTitleSortsAndATileFilters() throws {
        let script = """
            document.querySelector('th[data-column="line"] button').click();
            document.querySelector('th[data-column="line"] button').click();
            document.querySelector('.tile[data-status="created"]').click();
            """
        let document = try show(script: script).document
        #expect(document.contains("3 of 4 rows"))
        let last = try #require(document.range(of: "#line-5")), first = try #require(document.range(of: "#line-2"))
        #expect(last.lowerBound < first.lowerBound)
    }

    @Test func aCauseShowsItsRowsUntilAllAreAskedForAgain() throws {
        let choice = "document.querySelector('.cause').click();"
        let page = try show(script: choice)
        #expect(page.errors.isEmpty, "\(page.errors)")
        #expect(page.document.contains("1 of 4 rows: country.code, country"))
        let document = try show(script: choice + "document.getElementById('clear').click();").document
        #expect(document.contains("4 of 4 rows<"))
    }

    @Test func aRowsDetailsNameTheCellAtFaultAndWhatWasTyped() throws {
        let document = try show("#line-4").document
        #expect(document.contains("<li><b>country</b>: "))
        #expect(document.contains("<bdi>XX</bdi>"))
        #expect(document.contains("<dt class=\"fault\">country</dt><dd class=\"fault\" dir=\"auto\">XX</dd>"))
    }

    @Test func aLinesAddressShowsItsRow() throws {
        let document = try show("#line-4").document
        #expect(document.contains("<dialog id=\"detail\" aria-labelledby=\"detail-title\" open"))
        #expect(document.contains("customers.csv, line 4: row 3"))
    }
}
