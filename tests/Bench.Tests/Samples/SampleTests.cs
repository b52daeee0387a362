using Measuring;
using Testing.Support.CCompiler;
using Testing.Support.Folders;
using Testing.Support.Ports;
using Testing.Support.Processes;

namespace Bench.Tests.Samples;

/// <summary>The programs of docs/samples/ipc: each server with each client, whatever they are written in.</summary>
public sealed class SampleTests : IDisposable
{
    private const string Line = "/찾기 타락파워전사";
    private const string Answer = "타락파워전사님은 지금 헤네시스에 있습니다.";
    private static readonly string[] s_languages = ["csharp", "c", "python"];

    private static readonly string[] s_namedIn = ["/dev/shm", "/dev/mqueue"];

    private readonly TempFolder _folder = new();
    private readonly string _name = "ipc-sample-" + Guid.NewGuid().ToString("N");

    [RequiresSampleLanguagesTheory]
    [InlineData("sysv")]
    [InlineData("posix_queue")]
    [InlineData("fifo")]
    [InlineData("unix_socket")]
    [InlineData("tcp")]
    [InlineData("shared_memory")]
    [InlineData("http")]
    public async Task Ask_EachServerFromEachClient_Answers(string mechanism)
    {
        string c = await CompileAsync(mechanism);
        foreach (string serving in s_languages)
        {
            foreach (string asking in s_languages)
            {
                string address = AddressFor(mechanism, $"{serving}-{asking}");
                using var server = new ChildProcess("env", Command(serving, mechanism, c, ["server", address]));
                await server.HasPrintedAsync("ready");
                using var client = new ChildProcess("env", Command(asking, mechanism, c, ["client", address, Line]));
                AssertAnswered(client, await client.ExitAsync(), $"{asking} to {serving}");
                Assert.True(await server.ExitAsync() == 0, server.ToString());
            }
        }

        Assert.Empty(LeftBehind());
    }

    [RequiresSampleLanguagesFact]
    public async Task Ask_EachServerThatEachClientStarts_Answers()
    {
        string c = await CompileAsync("pipe");
        foreach (string serving in s_languages)
        {
            foreach (string asking in s_languages)
            {
                string[] server = [.. Command(serving, "pipe", c, ["server"])];
                using var client = new ChildProcess("env", Command(asking, "pipe", c, ["client", Line, "env", .. server]));
                AssertAnswered(client, await client.ExitAsync(), $"{asking} to {serving}");
            }
        }
    }

    [RequiresSampleLanguagesFact]
    public async Task Ask_NobodyOfThatName_SaysSo()
    {
        string c = await CompileAsync("unix_socket");
        foreach (string language in s_languages)
        {
            string address = AddressFor("unix_socket", language);
            using var server = new ChildProcess("env", Command(language, "unix_socket", c, ["server", address]));
            await server.HasPrintedAsync("ready");
            using var client = new ChildProcess("env", Command(language, "unix_socket", c, ["client", address, "/찾기 아무도"]));
            Assert.Equal(0, await client.ExitAsync());
            Assert.Equal("그런 이름의 캐릭터가 없습니다.\n", client.Output);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static void AssertAnswered(ChildProcess client, int exitCode, string who) =>
        Assert.True(exitCode == 0 && client.Output == Answer + "\n", $"{who}: exit code {exitCode}\n{client}");

    private async Task<string> CompileAsync(string mechanism) =>
        await CCompiler.CompileFileAsync(_folder, Repository.File($"docs/samples/ipc/c/{mechanism}.c"));

    private static IEnumerable<string> Command(string language, string mechanism, string c, string[] arguments) => language switch
    {
        "csharp" => ["dotnet", Path.Combine(AppContext.BaseDirectory, "IpcSamples.dll"), mechanism, .. arguments],

        // Without files of its own beside the sources.
        "python" => [SampleLanguages.Python, "-B", Repository.File($"docs/samples/ipc/python/{(mechanism == "http" ? "http_find" : mechanism)}.py"), .. arguments],
        _ => [c, .. arguments],
    };

    private string AddressFor(string mechanism, string pair) => mechanism switch
    {
        "sysv" => FreeKey.Find(1).ToString(System.Globalization.CultureInfo.InvariantCulture),
        "posix_queue" => $"/{_name}-{pair}",
        "shared_memory" => $"{_name}-{pair}",
        "tcp" or "http" => FreePort.Find().ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ => _folder.File(pair),
    };

    private string[] LeftBehind() => [.. s_namedIn.Where(Directory.Exists)
        .SelectMany(Directory.EnumerateFileSystemEntries)
        .Where(path => path.Contains(_name, StringComparison.Ordinal))];
}
