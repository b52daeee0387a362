using System.Diagnostics;
using Testing.Support.Folders;

namespace WholePath.Starting;

/// <summary>The programs as a user has them: <c>dotnet publish</c>, as <c>deploy/install</c> and the Dockerfiles call it. Disposal removes what was made.</summary>
internal sealed class PublishedPrograms : IDisposable
{
    internal const string ChannelD = "ChannelD";
    internal const string ChatD = "ChatD";
    internal const string EmptyHost = "EmptyHost";

    private readonly TempFolder? _made;
    private readonly string _folder;

    private PublishedPrograms(TempFolder? made, string folder)
    {
        _made = made;
        _folder = folder;
    }

    /// <summary>Takes those of a folder, or publishes them.</summary>
    internal static async Task<PublishedPrograms> FindAsync(string? folder, Action<string> progress, CancellationToken cancellationToken)
    {
        if (folder is not null)
        {
            return new PublishedPrograms(null, Path.GetFullPath(folder));
        }

        var made = new TempFolder();
        try
        {
            foreach ((string name, string project) in new[] { (ChannelD, ChannelD), (ChatD, ChatD), (EmptyHost, "bench/EmptyHost") })
            {
                progress($"publishing {name}");
                await PublishAsync(Repository.File(project), made.File(name), cancellationToken);
            }
        }
        catch
        {
            made.Dispose();
            throw;
        }

        return new PublishedPrograms(made, made.Path);
    }

    /// <summary>The path of a program.</summary>
    internal string PathOf(string name) => Path.Combine(_folder, name, name + ".dll");

    /// <inheritdoc/>
    public void Dispose() => _made?.Dispose();

    private static async Task PublishAsync(string project, string output, CancellationToken cancellationToken)
    {
        string[] arguments =
        [
            "publish", project, "--configuration", "Release", "--nologo", "--verbosity", "quiet", "-p:UseAppHost=false", "-p:RunAnalyzers=false", "--output", output,
        ];
        using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string[] said = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(cancellationToken), process.StandardError.ReadToEndAsync(cancellationToken));
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{string.Concat(said)}");
        }
    }
}
