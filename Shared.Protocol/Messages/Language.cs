namespace Shared.Protocol.Messages;

/// <summary>The language of a player's texts. The numbers are part of the wire.</summary>
public enum Language
{
    /// <summary>Korean, the default.</summary>
    Korean = 1,

    /// <summary>English.</summary>
    English = 2,
}
