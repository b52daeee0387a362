namespace IpcSamples;

/// <summary>The one command that all samples know. Each server answers one request, removes what it made, and ends.</summary>
internal static class Characters
{
    internal static string Answer(string line) => line == "/찾기 타락파워전사"
        ? "타락파워전사님은 지금 헤네시스에 있습니다."
        : "그런 이름의 캐릭터가 없습니다.";

    internal static void Ready()
    {
        Console.WriteLine("ready");
        Console.Out.Flush();
    }
}
