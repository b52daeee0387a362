using ChannelD.State;

namespace ChannelD.Tests.State.Support;

/// <summary>Skipped where there is no PostgreSQL, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnPostgresAttribute : OnStoreAttribute
{
    public OnPostgresAttribute()
        : base(StateKind.Postgres) => Skip = PostgresCluster.MissingReason;
}
