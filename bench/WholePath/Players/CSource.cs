using Measuring;

namespace WholePath.Players;

/// <summary>The C programs of one source file each, without which nothing can be measured here.</summary>
internal static class CSource
{
    /// <summary>Compiles one.</summary>
    /// <param name="name">Its name, and that of its source without the ending.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidOperationException">There is no C compiler, or it does not compile.</exception>
    internal static async Task<CProgram> CompileAsync(string name, CancellationToken cancellationToken) =>
        await CProgram.TryCompileAsync(name, [name + ".c"], cancellationToken)
        ?? throw new InvalidOperationException("The players are C programs, and there is no C compiler ($CC, cc, gcc): install one, e.g. the package gcc.");
}
