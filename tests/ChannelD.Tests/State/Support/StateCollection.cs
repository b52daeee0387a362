namespace ChannelD.Tests.State.Support;

/// <summary>The tests that may need a PostgreSQL server share one; it is started by the first that does.</summary>
[CollectionDefinition(Name)]
public sealed class StateCollection : ICollectionFixture<PostgresCluster>
{
    public const string Name = "State stores";
}
