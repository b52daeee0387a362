using Shared.Protocol.Messages.Players;

namespace Simulation.Players;

/// <content>What it is shown without having asked: each once and in order, or it is told of the loss.</content>
internal sealed partial class ClientLink
{
    private ulong _lastEventNumber;
    private ulong _lastLostEventNumber;

    private void OnEvent(in ServerEvent shown)
    {
        World.Expect(IsIn, $"{Player} was shown something before the greeting.");
        World.Expect(shown.Number > _lastEventNumber, $"{Player} was shown {shown.Number}, and had {_lastEventNumber}.");
        World.Expect(
            shown.Number == _lastEventNumber + 1 || shown.Number - 1 <= _lastLostEventNumber,
            $"{Player} was shown {shown.Number} behind {_lastEventNumber}, and was told of losses up to {_lastLostEventNumber}.");
        World.Expect(shown.Text != shown.Code, $"{Player} was shown a code without a sentence: {shown.Code}");
        World.Counts.Shown++;
        _lastEventNumber = shown.Number;
    }

    private void OnEventsGreeted(in ServerLoggedIn loggedIn, bool isSameSession)
    {
        _lastEventNumber = isSameSession ? _lastEventNumber : 0;
        _lastLostEventNumber = loggedIn.LastLostEventNumber;
    }
}
