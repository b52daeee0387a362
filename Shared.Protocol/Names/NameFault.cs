namespace Shared.Protocol.Names;

/// <summary>Why a text is not a name.</summary>
public enum NameFault
{
    /// <summary>It is one.</summary>
    None = 0,

    /// <summary>There is nothing.</summary>
    Empty = 1,

    /// <summary>It has more graphemes, characters or bytes than allowed.</summary>
    TooLong = 2,

    /// <summary>It has a character that is invisible, a control, white space, not assigned, private, or half a surrogate pair.</summary>
    ForbiddenCharacter = 3,

    /// <summary>It starts with <c>/</c>, as commands do, or with a combining mark, which would join what stands before the name.</summary>
    BadStart = 4,

    /// <summary>More combining marks stand on one base than any script needs.</summary>
    TooManyMarks = 5,
}
