using System.Net.Sockets;
using ChatClient.Connection;
using Faults.Load;
using Shared.Protocol.Messages.Players;
using Shared.Protocol.Requests;

namespace Faults.Nemesis.Faults;

/// <summary>A player uses commands whose authors were careless: they throw, or do not come to an end. Nobody else may notice.</summary>
internal sealed class CarelessCommandsFault(string name, string line, int lines) : IFault
{
    // A name has room for so many digits.
    private const int MaxNumber = 1_000_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(10);

    public int Row => 31;

    public string Name => name;

    public FaultScope Scope => FaultScope.None;

    public async Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken)
    {
        try
        {
            await using OnePlayer player = await OnePlayer.LogInAsync(world.Address, $"c{random.Next(MaxNumber)}");
            Task<ServerResult>[] answers = await player.AskAllAsync(Enumerable.Repeat(line, lines));
            foreach (ServerResult answer in await Task.WhenAll(answers).WaitAsync(s_longest, cancellationToken))
            {
                if (answer.Outcome == OutcomeKind.Ok)
                {
                    world.Recorder.Violated($"'{line}' ended with Ok: {answer.Text}");
                }
            }
        }
        catch (InvalidOperationException refusal)
        {
            if (refusal.Message is not (OutcomeCodes.PeerDown or OutcomeCodes.PeerLost or OutcomeCodes.Deadline or OutcomeCodes.Stopping or OutcomeCodes.Overloaded))
            {
                world.Recorder.Violated($"The player of '{line}' was refused with {refusal.Message}.");
            }
        }
        catch (Exception failure) when (failure is ConnectionLostException or SocketException or IOException or TimeoutException)
        {
            // Another fault has taken the daemons away at present.
        }
    }
}
