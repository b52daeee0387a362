using Testing.Support.Folders;

namespace System.Tests.CPrograms;

/// <summary>The C programs of this folder.</summary>
internal static class CSource
{
    /// <summary>The path of a source.</summary>
    /// <param name="name">Its name, without a suffix.</param>
    public static string Path(string name) => Repository.File($"tests/System.Tests/CPrograms/{name}.c");
}
