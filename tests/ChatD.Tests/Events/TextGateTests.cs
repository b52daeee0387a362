using ChatD.Events;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;
using Testing.Support.Time;

namespace ChatD.Tests.Events;

/// <summary>Events whose sentence is not here yet.</summary>
public sealed class TextGateTests : IDisposable
{
    private const ulong BadNumber = 99_999;

    private readonly ManualTime _time = new();
    private readonly List<ulong> _handedOn = [];
    private readonly List<ulong> _faulted = [];
    private readonly TextGate _gate;
    private TextCatalogue _texts = TextCatalogue.Common;

    public TextGateTests() => _gate = new TextGate(
        _ => _texts, HandOn, (message, _) => _faulted.Add(message.Number), _time);

    [Fact]
    public void Pass_TextIsHere_GoesAtOnce()
    {
        _texts = TestEvents.Texts;
        Pass(1);
        Assert.Equal([1UL], _handedOn);
    }

    [Fact]
    public void Pass_OneCannotBeGiven_TheOthersAre()
    {
        _texts = TestEvents.Texts;
        Pass(1);
        Pass(BadNumber);
        Pass(3);
        Assert.Equal([1UL, 3], _handedOn);
        Assert.Equal([BadNumber], _faulted);
    }

    [Fact]
    public void Pass_TextIsOnItsWay_WaitsWithAllBehindIt()
    {
        Pass(1);
        _gate.Pass(new PushedMessage(0, 1, Update: new SessionUpdate(2, 7, [], 0xC1)));
        Pass(3);
        Assert.Empty(_handedOn);
        _texts = TestEvents.Texts;
        _gate.OnTextsChanged();
        Assert.Equal([1UL, 2, 3], _handedOn);
    }

    [Fact]
    public void Pass_TextNeverComes_GoesAfterAWhile_AndOthersWithoutATextThenAtOnce()
    {
        Pass(1);
        for (int i = 0; i < 9; i++)
        {
            // What comes meanwhile does not make it wait longer.
            _time.Advance(TextGate.Patience / 10);
            Pass((ulong)(2 + i));
        }

        Assert.Empty(_handedOn);
        _time.Advance(TextGate.Patience / 10);
        Assert.Equal(10, _handedOn.Count);
        Pass(11);
        Assert.Equal(11, _handedOn.Count);
    }

    [Fact]
    public void Pass_OtherTextsCameInVain_IsPatientAgain()
    {
        Pass(1);
        _time.Advance(TextGate.Patience);
        _texts = new TextCatalogue([]);
        _gate.OnTextsChanged();
        Pass(2);
        Assert.Equal([1UL], _handedOn);
    }

    [Fact]
    public void Pass_MoreThanMayWait_IsDropped()
    {
        for (ulong number = 1; number <= TextGate.MaxWaiting + 5; number++)
        {
            Pass(number);
        }

        _texts = TestEvents.Texts;
        _gate.OnTextsChanged();
        Assert.Equal(TextGate.MaxWaiting, _handedOn.Count);
        Pass(5000);
        Assert.Equal(5000UL, _handedOn[^1]);
    }

    public void Dispose() => _gate.Dispose();

    private void HandOn(PushedMessage message)
    {
        if (message.Number == BadNumber)
        {
            throw new InvalidOperationException("as a test wants it");
        }

        _handedOn.Add(message.Number);
    }

    private void Pass(ulong number) => _gate.Pass(new PushedMessage(0, 1, Event: TestEvents.Pushed(number, "x", 7)));
}
