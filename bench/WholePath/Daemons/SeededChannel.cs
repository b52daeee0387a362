using System.Globalization;
using ChannelD;
using ChannelD.Directory;
using Measuring;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shared.Operations.CommandLine;
using Shared.Protocol.Messages.Sessions;
using Shared.Protocol.Wire;
using Testing.Support.Processes;

namespace WholePath.Daemons;

/// <summary>channelD in a process of this program: the daemon as it is, but that many characters are in its game before it starts.</summary>
internal static class SeededChannel
{
    /// <summary>The first argument of that process.</summary>
    internal const string Word = "seeded-channel";

    // They are players of a chatD that is never there: one that comes ends what an earlier run of its own has left.
    private const int AbsentChat = 255;
    private const int Maps = 500;

    /// <summary>Starts it.</summary>
    /// <param name="characters">How many there are.</param>
    /// <param name="options">The daemon's options.</param>
    internal static ChildProcess Start(int characters, IEnumerable<string> options)
    {
        var start = ThisProgram.Start(
            typeof(SeededChannel).Assembly,
            [
                Word,
                characters.ToString(CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"--Channel:MaxCharacters={characters + 10_000}"),
                .. options,
            ]);
        return new ChildProcess(start.FileName, start.ArgumentList);
    }

    /// <summary>The name of a character.</summary>
    /// <param name="number">From 0.</param>
    internal static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"용사{number}");

    /// <summary>Is that process.</summary>
    internal static Task<int> RunAsync(string[] arguments)
    {
        int characters = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        return OperatedDaemon.RunAsync(ChannelDaemon.Program, arguments[1..], options =>
        {
            DaemonSetup setup = ChannelDaemon.SetUp(options);
            return setup with { Build = () => Fill(setup.Build(), characters) };
        });
    }

    private static IHost Fill(IHost host, int characters)
    {
        GameChannel game = host.Services.GetRequiredService<GameChannel>();
        for (int i = 0; i < characters; i++)
        {
            var request = new LogInRequest(NameOf(i), 1 + (i % 20), string.Create(CultureInfo.InvariantCulture, $"맵{i % Maps}"));
            ValueTask<ResultBody<LogInResult>> entering = game.LogInAsync(new SessionId(AbsentChat, 1, i + 1), request);
            if (!entering.IsCompletedSuccessfully)
            {
                throw new InvalidOperationException("A record is in memory here: nothing is to be waited for.");
            }
        }

        return host;
    }
}
