using System.Net.Sockets;
using ChatClient.Connection;
using Faults.Load;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace Faults.Nemesis.Faults;

/// <summary>A player uses commands whose authors were careless: they throw, or do not come to an end. Nobody else may notice.</summary>
internal sealed class CarelessCommandsFault(string name, string line, int lines) : IFault
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    public int Row => 31;

    public string Name => name;

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        try
        {
            await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, $"careless{random.Next()}");
            Task<ServerResult>[] answers = await player.AskAllAsync(Enumerable.Repeat(line, lines));
            foreach (ServerResult answer in await Task.WhenAll(answers).WaitAsync(s_longest, cancellationToken))
            {
                if (answer.Outcome == OutcomeKind.Ok)
                {
                    world.Recorder.Violated($"'{line}' ended with Ok: {answer.Text}");
                }
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or ConnectionLostException or SocketException or IOException or TimeoutException)
        {
            // Another fault has taken the daemons away at present.
        }
    }
}
