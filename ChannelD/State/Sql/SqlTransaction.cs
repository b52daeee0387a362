using System.Data.Common;
using ChannelD.Moderation;
using ChannelD.State.Rules;

namespace ChannelD.State.Sql;

/// <summary>One transaction on the tables of <see cref="SqlSchema"/>.</summary>
internal sealed class SqlTransaction(SqlCommands commands) : IStateTransaction
{
    private long _number;

    public long GetCursor() => commands.ReadNumber("SELECT value FROM change_counter") ?? 0;

    public long GetVersion(string key) => commands.ReadNumber("SELECT number FROM changes WHERE name_key = @key", ("@key", key)) ?? 0;

    public IReadOnlyList<(string Key, long Number)> GetChanges(long after, int limit) => commands.Read(
        "SELECT name_key, number FROM changes WHERE number > @after ORDER BY number LIMIT @limit",
        static row => (row.GetString(0), row.GetInt64(1)),
        ("@after", after),
        ("@limit", limit));

    public void MarkChanged(string key) => commands.Run(
        "INSERT INTO changes (name_key, number) VALUES (@key, @number) ON CONFLICT (name_key) DO UPDATE SET number = excluded.number",
        ("@key", key),
        ("@number", Number()));

    public Mute? GetMute(string key) => FirstOrNull(commands.Read(
        "SELECT until_ms, reason, issuer, issued_ms, issued_until_ms FROM mutes WHERE name_key = @key",
        ReadMute,
        ("@key", key)));

    public void PutMute(string key, Mute mute) => commands.Run(
        "INSERT INTO mutes (name_key, until_ms, reason, issuer, issued_ms, issued_until_ms) VALUES (@key, @until, @reason, @issuer, @issued, @until) "
        + "ON CONFLICT (name_key) DO UPDATE SET until_ms = excluded.until_ms, reason = excluded.reason, issuer = excluded.issuer, "
        + "issued_ms = excluded.issued_ms, issued_until_ms = excluded.issued_until_ms",
        ("@key", key),
        ("@until", mute.UntilUtc.ToUnixTimeMilliseconds()),
        ("@reason", mute.Reason),
        ("@issuer", mute.IssuedBy ?? string.Empty),
        ("@issued", mute.IssuedUtc?.ToUnixTimeMilliseconds() ?? 0));

    public void RemoveMute(string key) => commands.Run("DELETE FROM mutes WHERE name_key = @key", ("@key", key));

    public IReadOnlyList<KeptName> GetNames(NameList list, string owner) => commands.Read(
        "SELECT name_key, name FROM names WHERE owner = @owner AND list = @list ORDER BY number",
        ReadName,
        ("@owner", owner),
        ("@list", (int)list));

    public void AddName(NameList list, string owner, KeptName name) => commands.Run(
        "INSERT INTO names (owner, list, name_key, name, number) VALUES (@owner, @list, @key, @name, @number)",
        ("@owner", owner),
        ("@list", (int)list),
        ("@key", name.Key),
        ("@name", name.Display),
        ("@number", Number()));

    public void RemoveName(NameList list, string owner, string key) => commands.Run(
        "DELETE FROM names WHERE owner = @owner AND list = @list AND name_key = @key",
        ("@owner", owner),
        ("@list", (int)list),
        ("@key", key));

    public IReadOnlyList<string> GetBlockingBuddies(string key) => commands.Read(
        "SELECT buddy.name_key FROM names buddy JOIN names block ON block.owner = buddy.name_key AND block.list = @blocks AND block.name_key = @key WHERE buddy.owner = @key AND buddy.list = @buddies ORDER BY buddy.number",
        static row => row.GetString(0),
        ("@key", key),
        ("@blocks", (int)NameList.Blocks),
        ("@buddies", (int)NameList.Buddies));

    public Party? FindPartyOf(string key) =>
        commands.ReadNumber("SELECT party FROM members WHERE name_key = @key", ("@key", key)) is { } id ? GetParty(id) : null;

    public Party? GetParty(long id)
    {
        IReadOnlyList<string> leader = commands.Read("SELECT leader FROM parties WHERE id = @id", static row => row.GetString(0), ("@id", id));
        return leader.Count == 0
            ? null
            : new Party(id, leader[0], commands.Read("SELECT name_key, name FROM members WHERE party = @id ORDER BY number", ReadName, ("@id", id)));
    }

    public long AddParty(KeptName leader)
    {
        // A number of a change is never given twice.
        long id = Number();
        commands.Run("INSERT INTO parties (id, leader) VALUES (@id, @leader)", ("@id", id), ("@leader", leader.Key));
        AddMember(id, leader);
        return id;
    }

    public void SetLeader(long id, string key) =>
        commands.Run("UPDATE parties SET leader = @leader WHERE id = @id", ("@leader", key), ("@id", id));

    public void RemoveParty(long id)
    {
        commands.Run("DELETE FROM parties WHERE id = @id", ("@id", id));
        commands.Run("DELETE FROM invitations WHERE party = @id", ("@id", id));
    }

    public void AddMember(long id, KeptName member) => commands.Run(
        "INSERT INTO members (name_key, name, party, number) VALUES (@key, @name, @party, @number)",
        ("@key", member.Key),
        ("@name", member.Display),
        ("@party", id),
        ("@number", Number()));

    public void RemoveMember(string key) => commands.Run("DELETE FROM members WHERE name_key = @key", ("@key", key));

    public Invitation? GetInvitation(string guest) => FirstOrNull(commands.Read(
        "SELECT party, until_ms FROM invitations WHERE guest = @guest",
        static row => new Invitation(row.GetInt64(0), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(1))),
        ("@guest", guest)));

    public void PutInvitation(string guest, Invitation invitation) => commands.Run(
        "INSERT INTO invitations (guest, party, until_ms) VALUES (@guest, @party, @until) ON CONFLICT (guest) DO UPDATE SET party = excluded.party, until_ms = excluded.until_ms",
        ("@guest", guest),
        ("@party", invitation.PartyId),
        ("@until", invitation.UntilUtc.ToUnixTimeMilliseconds()));

    public void RemoveInvitation(string guest) => commands.Run("DELETE FROM invitations WHERE guest = @guest", ("@guest", guest));

    private static Mute ReadMute(DbDataReader row)
    {
        var mute = new Mute(DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(0)), row.GetString(1));
        return row.GetString(2) is { Length: > 0 } issuer && row.GetInt64(4) == row.GetInt64(0)
            ? mute with { IssuedBy = issuer, IssuedUtc = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)) }
            : mute;
    }

    private static KeptName ReadName(DbDataReader row) => new(row.GetString(0), row.GetString(1));

    private static T? FirstOrNull<T>(IReadOnlyList<T> rows)
        where T : struct => rows.Count == 0 ? null : rows[0];

    // One number for all that a transaction changes; nobody else can draw one before it ends.
    private long Number()
    {
        if (_number == 0)
        {
            _number = GetCursor() + 1;
            commands.Run("UPDATE change_counter SET value = @number", ("@number", _number));
        }

        return _number;
    }
}
