internal import CommandLineTool

/// The program's entry; everything else is in `CommandLineTool`, where tests reach it.
@main
struct Purser {
    static func main() {}
}
