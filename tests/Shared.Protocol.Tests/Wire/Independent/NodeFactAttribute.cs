namespace Shared.Protocol.Tests.Wire.Independent;

/// <summary>A test that needs node and @msgpack/msgpack.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (IndependentPeer.Node is null)
        {
            Skip = "node with @msgpack/msgpack is missing: npm install --no-package-lock --prefix tests/Shared.Protocol.Tests/Wire/Independent";
        }
    }
}
