using Xunit;

namespace Testing.Support.Namespaces;

/// <summary>A test with an IPC namespace of its own; skipped where none may be made, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresIpcNamespaceFactAttribute : FactAttribute
{
    /// <summary>Tries it once for all tests.</summary>
    public RequiresIpcNamespaceFactAttribute() => Skip = IpcNamespace.MissingReason;
}
