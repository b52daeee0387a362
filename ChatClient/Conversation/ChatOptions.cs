using ChatClient.Connection;
using Shared.Protocol.Messages;

namespace ChatClient.Conversation;

/// <summary>What the user asked for.</summary>
public sealed record ChatOptions
{
    /// <summary>Where chatD listens.</summary>
    public required ServerAddress Server { get; init; }

    /// <summary>The character's name.</summary>
    public required string Name { get; init; }

    /// <summary>The channel to enter, from 1.</summary>
    public int Channel { get; init; } = 1;

    /// <summary>The map to enter.</summary>
    public string Map { get; init; } = "헤네시스";

    /// <summary>The language of the server's texts.</summary>
    public Language Language { get; init; } = Language.Korean;

    /// <summary>The secret by which a game master shows who he is; null for players.</summary>
    public string? Key { get; init; }

    /// <summary>Whether the output is JSON.</summary>
    public bool UsesJson { get; init; }

    /// <summary>Whether typed lines are remembered between runs.</summary>
    public bool KeepsHistory { get; init; } = true;

    /// <summary>How long it tries to connect and log in.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it waits for outstanding answers after the end of the input.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many lines may be without an answer, from 1; a server limits players to less or more, and then the socket holds them back.</summary>
    public int MaxOutstandingLines { get; init; } = 1024;

    /// <summary>Whether a session whose connection is lost is resumed.</summary>
    public bool Resumes { get; init; } = true;
}
