using IpcBench.Mechanisms;

namespace Bench.Tests.Mechanisms;

/// <summary>A test that starts a RabbitMQ broker, and is skipped with the reason where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresBrokerFactAttribute : FactAttribute
{
    public RequiresBrokerFactAttribute() => Skip = MechanismCatalogue.Get("rabbitmq", Side.DotNet).MissingReason;
}
