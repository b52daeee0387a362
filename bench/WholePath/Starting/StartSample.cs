using Measuring;

namespace WholePath.Starting;

/// <summary>One start of one program.</summary>
/// <param name="TimeMs">From exec to ready, in milliseconds.</param>
/// <param name="CpuMs">The processor time of all its threads until then, in milliseconds: what is left where others hold the processors.</param>
/// <param name="Memory">What of it was in memory then.</param>
internal sealed record StartSample(double TimeMs, double CpuMs, ResidentMemory Memory);
