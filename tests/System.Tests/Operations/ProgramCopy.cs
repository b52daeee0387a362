using Testing.Support.Folders;
using Testing.Support.Processes;

namespace System.Tests.Operations;

/// <summary>A program with a settings file of the test's own.</summary>
internal static class ProgramCopy
{
    /// <summary>Copies a program with all that it needs into a folder.</summary>
    public static void Make(TempFolder folder, string program)
    {
        string source = Path.GetDirectoryName(BuiltProgram.Path(program))!;
        foreach (string file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = folder.File(Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
