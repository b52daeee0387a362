namespace Shared.Protocol.Requests;

/// <summary>A result that tells what it is of, in words of a few: for spans. Never a text or a name of a player.</summary>
public interface ITracedResult
{
    /// <summary>The id of the command; empty where the line names none.</summary>
    string Command { get; }

    /// <summary>The code of the answer.</summary>
    string Code { get; }
}
