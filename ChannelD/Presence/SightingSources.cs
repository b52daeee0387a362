namespace ChannelD.Presence;

/// <summary>The sources as words, for game masters and operators. Never changed.</summary>
internal static class SightingSources
{
    public static string NameOf(SightingSource source) => source switch
    {
        SightingSource.Own => "own",
        SightingSource.Replica => "replica",
        _ => "expired",
    };
}
