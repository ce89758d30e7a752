internal import CommandLineTool
internal import Glibc

/// The program's entry; everything else is in `CommandLineTool`, where tests reach it.
@main
struct Purser {
    static func main() async {
        exit(await CommandLineTool.run(Array(CommandLine.arguments.dropFirst())))
    }
}
