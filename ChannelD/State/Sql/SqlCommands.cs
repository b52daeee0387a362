using System.Data.Common;

namespace ChannelD.State.Sql;

/// <summary>Runs statements. Values are bound, never written into a statement.</summary>
/// <param name="connection">The connection.</param>
internal sealed class SqlCommands(DbConnection connection)
{
    /// <summary>Runs a statement without a result.</summary>
    public void Run(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using DbCommand command = Make(sql, values);
        command.ExecuteNonQuery();
    }

    /// <summary>Reads all rows.</summary>
    public IReadOnlyList<T> Read<T>(string sql, Func<DbDataReader, T> row, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using DbCommand command = Make(sql, values);
        using DbDataReader reader = command.ExecuteReader();
        List<T>? rows = null;
        while (reader.Read())
        {
            rows ??= [];
            rows.Add(row(reader));
        }

        // Most records have nothing in them: a million of them share one empty list.
        return rows ?? (IReadOnlyList<T>)[];
    }

    /// <summary>Reads a number from the first row; null if there is none.</summary>
    public long? ReadNumber(string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using DbCommand command = Make(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture) : null;
    }

    private DbCommand Make(string sql, ReadOnlySpan<(string Name, object Value)> values)
    {
        DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in values)
        {
            DbParameter parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
