using System.Diagnostics.Metrics;
using ChannelD.Directory;
using ChannelD.Presence;
using Shared.Protocol.Transport;

namespace ChannelD.Diagnostics;

/// <summary>How many characters each channelD has in each state, as this one knows it. Costs nothing while nobody asks.</summary>
/// <param name="own">The characters of this channelD.</param>
/// <param name="replicas">Those of the others.</param>
/// <param name="ownId">This channelD's channel.</param>
internal sealed class PresenceMetrics(CharacterDirectory own, ReplicaDirectory replicas, int ownId)
{
    private const int SlotsAtOnce = 1024;

    /// <summary>Counts.</summary>
    public List<Measurement<long>> Measure()
    {
        var counts = new List<Measurement<long>>();
        Add(counts, ownId, CountOwn());
        for (int instance = 0; instance <= Mailbox.MaxInstance; instance++)
        {
            if (replicas.OwnerOf(instance) is { IsLive: true } owner)
            {
                Add(counts, instance + 1, replicas.CountByState(owner));
            }
        }

        return counts;
    }

    /// <summary>How many other channelDs are there.</summary>
    public int CountPeers()
    {
        int count = 0;
        for (int instance = 0; instance <= Mailbox.MaxInstance; instance++)
        {
            count += replicas.OwnerOf(instance) is { IsLive: true } ? 1 : 0;
        }

        return count;
    }

    private int[] CountOwn()
    {
        int[] counts = new int[(int)CharacterState.InTransfer + 1];
        var chunk = new List<Character>(SlotsAtOnce);
        int cursor = 0;
        bool hasMore;
        do
        {
            chunk.Clear();
            hasMore = own.CopyNext(ref cursor, SlotsAtOnce, chunk);
            chunk.ForEach(character => counts[(int)character.State]++);
        }
        while (hasMore);

        return counts;
    }

    private static void Add(List<Measurement<long>> counts, int owner, int[] byState)
    {
        for (CharacterState state = CharacterState.InMap; state <= CharacterState.InTransfer; state++)
        {
            counts.Add(new Measurement<long>(byState[(int)state], new("owner", owner), new("state", NameOf(state))));
        }
    }

    /// <summary>A state as a word. Never changed.</summary>
    public static string NameOf(CharacterState state) => state switch
    {
        CharacterState.InMap => "in_map",
        CharacterState.CashShop => "cash_shop",
        _ => "in_transfer",
    };
}
