namespace ChannelD.Tests.State.Support;

/// <summary>Skipped where there is no PostgreSQL, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RequiresPostgresFactAttribute : FactAttribute
{
    public RequiresPostgresFactAttribute() => Skip = PostgresCluster.MissingReason;
}
