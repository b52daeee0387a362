using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Shared.Protocol.Hosting;
using Testing.Support.Folders;
using Testing.Support.Processes;

namespace Shared.Protocol.Tests.Hosting;

public sealed class DaemonProcessTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Signal_WhileRunning_ExitsCleanAndSaysSo(bool terminate)
    {
        using TestDaemon daemon = TestDaemon.Start(_folder);
        await daemon.HasReachedAsync("running");

        if (terminate)
        {
            daemon.Terminate();
        }
        else
        {
            daemon.Interrupt();
        }

        (int exitCode, string output, string error) = await daemon.EndAsync();
        Assert.Equal(ExitCodes.Clean, exitCode);
        Assert.Contains("[1202] testd stopped: exit code 0\n", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Fault_ToldToAFileThatOthersWriteTo_StandsBehindWhatTheyHaveWritten()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Testing.Daemon.dll");
        string file = _folder.File("all.log");
        _ = await ProcessOutput.ReadAsync(
            "sh", "-c", "(echo before; dotnet \"$1\" --Test:Behaviour=refused >/dev/null; echo between; dotnet \"$1\" --Test:Behaviour=refused >/dev/null; echo after) >\"$2\" 2>&1", "sh", program, file);

        Assert.Equal(
            ["before", "testd: queue 77 belongs to uid 65534", "between", "testd: queue 77 belongs to uid 65534", "after"],
            await File.ReadAllLinesAsync(file));
    }

    [Theory]
    [InlineData("throw", ExitCodes.Fault, "testd: stopped by a fault, InvalidOperationException: in the service\n")]
    [InlineData("throwAtStart", ExitCodes.Fault, "testd: stopped by a fault, InvalidOperationException: at\\u001b[31m start\n")]
    [InlineData("throwOnThread", ExitCodes.Fault, "testd: stopped by a fault, InvalidOperationException: on a thread\n")]
    [InlineData("report", ExitCodes.Fault, "testd: stopped by a fault, InvalidOperationException: reported\n")]
    [InlineData("refused", ExitCodes.ResourceRefused, "testd: queue 77 belongs to uid 65534\n")]
    [InlineData("refusedLater", ExitCodes.ResourceRefused, "testd: queue 78 belongs to uid 65534\n")]
    public async Task Fault_WhereverItHappens_DecidesTheExitCodeAndTheLine(string behaviour, int expectedExitCode, string expectedError)
    {
        using TestDaemon daemon = TestDaemon.Start(_folder, $"--Test:Behaviour={behaviour}");

        (int exitCode, string output, string error) = await daemon.EndAsync();

        Assert.Equal(expectedExitCode, exitCode);
        Assert.Equal(expectedError, error);
        // The exception is in the log for a fault, and only at debug for a refusal.
        Assert.Equal(expectedExitCode == ExitCodes.Fault, output.Contains("    System.InvalidOperationException: ", StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', output);
    }

    [Fact]
    public async Task Port_Taken_IsARefusedResource()
    {
        using Socket taken = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        int port = ((IPEndPoint)taken.LocalEndPoint!).Port;
        using TestDaemon daemon = TestDaemon.Start(_folder, string.Create(CultureInfo.InvariantCulture, $"--Test:Port={port}"));

        (int exitCode, _, string error) = await daemon.EndAsync();

        Assert.Equal(ExitCodes.ResourceRefused, exitCode);
        Assert.StartsWith("testd: Failed to bind to address", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd('\n').Split('\n'));
    }

    [Fact]
    public async Task Configuration_WithManyFaults_ListsAllOfThem()
    {
        Dictionary<string, string> environment = new() { ["Ipc__RequestTimeoutMs"] = "49", ["Ipc__RequestKye"] = "7" };
        using TestDaemon daemon = TestDaemon.Start(
            _folder, environment, "--Ipc:RequestKey=abc", "--RequestKey=1", "stray", "--Ipc:Wire=text", "--Log:Level=loud", "--Serilog:WriteTo:0:Name=Console");

        (int exitCode, string output, string error) = await daemon.EndAsync();

        Assert.Equal(ExitCodes.BadConfiguration, exitCode);
        Assert.Empty(output);
        string[] expected =
        [
            "testd: the configuration is not valid, 8 faults:",
            "  - The switch --RequestKey is no option. Did you mean --Ipc:RequestKey?",
            "  - The argument \"stray\" is not understood; options are written --Section:Name=value.",
            "  - Log:Level = \"loud\" is not one of the names it may have; allowed: verbose, debug, information, warning, error or fatal.",
            "  - Ipc:RequestKye is no option. Did you mean Ipc:RequestKey?",
            "  - Ipc:RequestKey = \"abc\" is not a whole number; allowed: 1 to 2147483646.",
            "  - Ipc:RequestTimeoutMs = 49 is out of range; allowed: 50 to 60000.",
            "  - Ipc:Wire = text, Ipc:SingleQueue = false: the text wire is spoken on one queue. Set Ipc:SingleQueue=true.",
            "  - Serilog:WriteTo:0:Name is not read; only Serilog:MinimumLevel:Override:SOURCE is, the rest is set under Log.",
        ];
        Assert.Equal(expected, error.TrimEnd('\n').Split('\n'));
    }

    [Theory]
    [InlineData("ignoreStop")]
    [InlineData("hangInStop")]
    public async Task Stop_OfAServiceThatDoesNotEnd_IsAFaultAndStillEnds(string behaviour)
    {
        using TestDaemon daemon = TestDaemon.Start(_folder, $"--Test:Behaviour={behaviour}");
        await daemon.HasReachedAsync("running");

        daemon.Terminate();

        (int exitCode, _, string error) = await daemon.EndAsync();
        Assert.Equal(ExitCodes.Fault, exitCode);
        Assert.Contains("did not stop within 4.5 s", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_WhoseReaderStopped_BlocksNeitherTheWorkNorTheStop()
    {
        using TestDaemon daemon = TestDaemon.StartUnread(_folder, "--Test:Behaviour=logMuch", "--Log:BufferEvents=1000");

        await daemon.HasReachedAsync("logged");
        daemon.Terminate();

        (int exitCode, _, string error) = await daemon.EndAsync();
        Assert.Equal(ExitCodes.Clean, exitCode);
        Assert.Matches(@"testd: the console log lost \d+ events to a full buffer", error);
        Assert.Contains("the log was not written to its end", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_ToADiskThatIsFull_BlocksNeitherTheWorkNorTheStop()
    {
        // Opens like a file; every write fails as on a full disk.
        using TestDaemon daemon = TestDaemon.Start(_folder, "--Test:Behaviour=logMuch", "--Log:Console=false", "--Log:File=/dev/full");

        await daemon.HasReachedAsync("logged");
        daemon.Terminate();

        (int exitCode, _, string error) = await daemon.EndAsync();
        Assert.Equal(ExitCodes.Clean, exitCode);
        Assert.Matches(@"the file log lost \d+ events to a full buffer and [1-9]\d* to write errors", error);
    }

    [Fact]
    public async Task Log_ToAFileInJson_IsOneObjectALineAndRollsBySize()
    {
        string file = _folder.File("logs/testd.log");
        using TestDaemon daemon = TestDaemon.Start(
            _folder, "--Test:Behaviour=logMuch", "--Log:Console=false", $"--Log:File={file}", "--Log:Format=json", "--Log:FileMaxBytes=65536", "--Log:FileCount=3",
            "--Log:BufferEvents=100000");
        await daemon.HasReachedAsync("logged");
        daemon.Terminate();

        (int exitCode, string output, _) = await daemon.EndAsync();

        Assert.Equal(ExitCodes.Clean, exitCode);
        Assert.Empty(output);
        string[] files = Directory.GetFiles(Path.GetDirectoryName(file)!);
        Assert.Equal(3, files.Length);
        foreach (string line in files.SelectMany(File.ReadAllLines))
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            Assert.Equal(JsonValueKind.Object, parsed.RootElement.ValueKind);
        }
    }

    [Fact]
    public async Task Log_ToAFolderThatCannotBe_IsARefusedResource()
    {
        using TestDaemon daemon = TestDaemon.Start(_folder, "--Log:File=/proc/no/such.log");

        (int exitCode, _, string error) = await daemon.EndAsync();

        Assert.Equal(ExitCodes.ResourceRefused, exitCode);
        Assert.StartsWith("testd: Log:File = \"/proc/no/such.log\" cannot be written by user", error, StringComparison.Ordinal);
    }
}
