using ChatD.Events;
using ChatD.Texts;
using Shared.Protocol.Messages.Commands;
using Shared.Protocol.Messages.Events;

namespace ChatD.Tests.Events;

/// <summary>Events to give to sessions.</summary>
internal static class TestEvents
{
    /// <summary>The texts of a command with two sentences, and chatD's own.</summary>
    public static TextCatalogue Texts { get; } = new([new("say", "said", "{0}: {1}", "{0} says {1}"), .. ChatTexts.All]);

    /// <summary>Something said in a room.</summary>
    public static SharedEvent Said(string text, string room = Rooms.Map, long takenAtNs = 0) =>
        new(room, "say", "said", ["가", text], "가", Texts, takenAtNs);

    /// <summary>An event as a channelD pushes it.</summary>
    public static GameEvent Pushed(ulong number, string text, params int[] users) => new(
        number, 0, Rooms.Map, "say", "said", ["가", text], "가", users.Length > 0 ? EventAudience.Sessions : EventAudience.Everybody, users, 0xC1);
}
