namespace ChannelD.State.Sql;

/// <summary>The tables, in SQL that SQLite and PostgreSQL both take. A version that was released is never changed: a new one is added.</summary>
internal static class SqlSchema
{
    /// <summary>What brings a store from each version to the next; the first from an empty one.</summary>
    public static readonly string[][] Steps =
    [
        [
            // One row: the number of the last change. Changes have numbers so that a channelD can ask what is new.
            "CREATE TABLE change_counter (value BIGINT NOT NULL)",
            "INSERT INTO change_counter (value) VALUES (0)",

            // The last change of each character: as many rows as there are names, however many changes.
            "CREATE TABLE changes (name_key TEXT PRIMARY KEY, number BIGINT NOT NULL)",
            "CREATE INDEX changes_by_number ON changes (number)",
            "CREATE TABLE mutes (name_key TEXT PRIMARY KEY, until_ms BIGINT NOT NULL, reason TEXT NOT NULL)",
            "CREATE TABLE names (owner TEXT NOT NULL, list INTEGER NOT NULL, name_key TEXT NOT NULL, name TEXT NOT NULL, number BIGINT NOT NULL, PRIMARY KEY (owner, list, name_key))",
            "CREATE TABLE parties (id BIGINT PRIMARY KEY, leader TEXT NOT NULL)",
            "CREATE TABLE members (name_key TEXT PRIMARY KEY, name TEXT NOT NULL, party BIGINT NOT NULL, number BIGINT NOT NULL)",
            "CREATE INDEX members_by_party ON members (party)",
            "CREATE TABLE invitations (guest TEXT PRIMARY KEY, party BIGINT NOT NULL, until_ms BIGINT NOT NULL)",
            "CREATE INDEX invitations_by_party ON invitations (party)",
        ],
        [
            // Who has muted somebody, and when. A channelD of the version before, which may run on for the time of an upgrade, changes a mute and leaves
            // these as they are: they count only for the mute that they came with, which ends at issued_until_ms.
            "ALTER TABLE mutes ADD COLUMN issuer TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE mutes ADD COLUMN issued_ms BIGINT NOT NULL DEFAULT 0",
            "ALTER TABLE mutes ADD COLUMN issued_until_ms BIGINT NOT NULL DEFAULT 0",
        ],
    ];

    /// <summary>The present version.</summary>
    public static int Version => Steps.Length;

    /// <summary>Runs the steps that a store of a version lacks.</summary>
    /// <exception cref="StateStoreException">It is of a version that this program does not know.</exception>
    public static void Migrate(SqlCommands commands, int version)
    {
        if (version < 0 || version > Version)
        {
            throw new StateStoreException(
                $"it has the schema {version}, and this channelD knows {Version} and earlier ones: it was used by a newer channelD. Run that one, or restore a copy made before");
        }

        foreach (string statement in Steps.Skip(version).SelectMany(step => step))
        {
            commands.Run(statement);
        }
    }
}
