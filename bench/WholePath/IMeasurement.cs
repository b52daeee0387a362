using WholePath.Reporting;

namespace WholePath;

/// <summary>One of the things that are measured by themselves.</summary>
internal interface IMeasurement
{
    /// <summary>Its name on the command line.</summary>
    string Id { get; }

    /// <summary>What it measures, in a sentence.</summary>
    string Description { get; }

    /// <summary>Measures. What it started has ended, and what it made is removed, when it returns or throws.</summary>
    /// <param name="options">How.</param>
    /// <param name="progress">Is told how far it is, a line at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<Section> RunAsync(WholePathOptions options, Action<string> progress, CancellationToken cancellationToken);
}
