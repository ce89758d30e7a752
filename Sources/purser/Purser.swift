internal import CMalloc
internal import CommandLineTool
internal import Glibc

/// The program's entry; everything else is in `CommandLineTool`, where tests reach it.
@main
struct Purser {
    static func main() async {
        // Else each thread that ever allocates keeps a heap of its own: 5 MB of an import's 53, for no more speed.
        mallopt(M_ARENA_MAX, 2)
        exit(await CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))
    }
}
