namespace Faults.Calls;

/// <summary>The calls that the transport makes, one for each way in which the kernel can refuse.</summary>
public enum CallKind
{
    QueueGet = 1,
    QueueSend,
    QueueReceive,
    QueueStat,
    QueueStatAny,
    QueueSet,
    QueueRemove,
    QueueLimits,
    SetGet,
    SetOperate,
    SetGetValue,
    SetGetPid,
    SetSetValue,
    SetStat,
    SetStatAny,
    SetSet,
    SetRemove,
}
