namespace Testing.Support.Folders;

/// <summary>The folder of this repository's sources, found from where the tests run.</summary>
public static class Repository
{
    /// <summary>Its full path.</summary>
    public static string Root { get; } = Find();

    /// <summary>The full path of a file in it.</summary>
    public static string File(string path) => Path.Combine(Root, path);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "GameServers.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds GameServers.sln.");
    }
}
