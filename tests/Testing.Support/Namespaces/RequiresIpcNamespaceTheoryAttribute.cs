using Xunit;

namespace Testing.Support.Namespaces;

/// <summary>As <see cref="RequiresIpcNamespaceFactAttribute"/>, for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RequiresIpcNamespaceTheoryAttribute : TheoryAttribute
{
    /// <summary>Tries it once for all tests.</summary>
    public RequiresIpcNamespaceTheoryAttribute() => Skip = IpcNamespace.MissingReason;
}
