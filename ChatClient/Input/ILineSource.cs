namespace ChatClient.Input;

/// <summary>Where the lines come from.</summary>
public interface ILineSource
{
    /// <summary>The lines in order, until the input ends.</summary>
    /// <param name="cancellationToken">Ends the input early, with <see cref="OperationCanceledException"/>.</param>
    IAsyncEnumerable<InputLine> ReadLinesAsync(CancellationToken cancellationToken);
}
