using Shared.Protocol.Messages.Events;

namespace ChannelD.Events;

/// <summary>Takes what chatDs report of messages that wanted a report. For any thread; does not wait.</summary>
internal interface IDeliveryReports
{
    /// <summary>A report has come in the control mailbox.</summary>
    /// <param name="chatGeneration">The generation of the chatD, as the envelope says.</param>
    /// <param name="report">The report; nothing in it is trusted.</param>
    void OnReport(ulong chatGeneration, in DeliveryReport report);
}
