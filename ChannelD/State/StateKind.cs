namespace ChannelD.State;

/// <summary>What keeps mutes, lists and parties.</summary>
public enum StateKind
{
    /// <summary>A file of this host, which all its channelDs share.</summary>
    Sqlite = 1,

    /// <summary>A PostgreSQL server, for channelDs of several hosts or where there is one anyway.</summary>
    Postgres = 2,

    /// <summary>The memory of this process: gone with it, and known to it alone.</summary>
    Memory = 3,
}
