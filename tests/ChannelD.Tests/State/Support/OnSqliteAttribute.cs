using ChannelD.State;

namespace ChannelD.Tests.State.Support;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnSqliteAttribute() : OnStoreAttribute(StateKind.Sqlite);
