namespace Faults.Nemesis;

/// <summary>One kind of fault. It strikes the daemons of a world, and puts right whatever does not come right by itself.</summary>
internal interface IFault
{
    /// <summary>Its row of the fault matrix.</summary>
    int Row { get; }

    /// <summary>What it is called in the report.</summary>
    string Name { get; }

    /// <summary>What it takes away while it lasts; two faults at once must not need what the other takes.</summary>
    FaultScope Scope { get; }

    /// <summary>Why it cannot strike in a world; null where it can.</summary>
    string? FindObstacle(FaultWorld world) => null;

    /// <summary>Strikes once and returns when the fault is over: from then on the daemons have nothing in their way.</summary>
    Task StrikeAsync(FaultWorld world, Random random, CancellationToken cancellationToken);
}
