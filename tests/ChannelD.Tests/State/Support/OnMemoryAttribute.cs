using ChannelD.State;

namespace ChannelD.Tests.State.Support;

[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnMemoryAttribute() : OnStoreAttribute(StateKind.Memory);
