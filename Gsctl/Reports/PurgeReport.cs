namespace Gsctl.Reports;

/// <summary>What <c>gsctl purge --json</c> prints.</summary>
/// <param name="Key">The key that was looked at.</param>
/// <param name="Living">The daemons of that key that live, and whose objects were left alone.</param>
/// <param name="Items">What was found.</param>
internal sealed record PurgeReport(int Key, IReadOnlyList<string> Living, IReadOnlyList<PurgeItem> Items);
