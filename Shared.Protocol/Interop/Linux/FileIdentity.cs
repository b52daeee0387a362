namespace Shared.Protocol.Interop.Linux;

/// <summary>Which file something is: one that was made anew under the same name is another, as long as the first is held open or in place.</summary>
/// <param name="DeviceMajor">Its device's number, first part.</param>
/// <param name="DeviceMinor">Its device's number, second part.</param>
/// <param name="Inode">Its number on that device.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode);
