using Faults.Checker.History;

namespace Faults.Checker.Rules;

/// <summary>Some seconds after the end of a fault everything works again, unless another fault has come meanwhile.</summary>
public sealed class RecoveryInTime : IInvariant
{
    private readonly List<long> _recoveriesNs = [];
    private int _open;
    private long? _sinceNs;
    private string _last = string.Empty;

    /// <inheritdoc/>
    public string Name => "8 recovery in time";

    /// <summary>How long each recovery took, in nanoseconds.</summary>
    public IReadOnlyList<long> RecoveriesNs => _recoveriesNs;

    /// <inheritdoc/>
    public void OnOther(HistoryRecord record, CheckContext context)
    {
        switch (record)
        {
            case FaultChanged { IsOver: false }:
                JudgeUntil(record.AtNs, context);
                _open++;
                _sinceNs = null;
                break;
            case FaultChanged fault:
                _open = Math.Max(0, _open - 1);
                _last = fault.Fault;
                _sinceNs = _open == 0 ? fault.AtNs : null;
                break;
            case Recovered when _sinceNs is { } sinceNs:
                JudgeUntil(record.AtNs, context);
                _recoveriesNs.Add(record.AtNs - sinceNs);
                _sinceNs = null;
                break;
        }
    }

    /// <inheritdoc/>
    public void OnFinished(long endNs, CheckContext context)
    {
        JudgeUntil(endNs, context);
        if (_open > 0)
        {
            context.Report(this, endNs, $"{_open} faults were never over.");
        }
    }

    private void JudgeUntil(long nowNs, CheckContext context)
    {
        if (_sinceNs is { } sinceNs && nowNs - sinceNs > context.Options.RecoveryNs)
        {
            context.Report(this, nowNs, $"Not recovered {nowNs - sinceNs} ns after '{_last}' was over.");
        }
    }
}
