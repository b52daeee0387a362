namespace Shared.Protocol.Tests.Wire.Independent;

/// <summary>A test that needs python3 and its msgpack.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute()
    {
        if (IndependentPeer.Python is null)
        {
            Skip = "python3 with msgpack is missing: apt-get install python3-msgpack";
        }
    }
}
