using System.IO.MemoryMappedFiles;
using System.Text;

namespace IpcSamples;

/// <summary>
/// A memory-mapped file in /dev/shm: four bytes of state (0 nothing, 1 a request, 2 a result, 3 it was read), four of length, and the text. Each side looks
/// again and again, for a file has nothing to wait on.
/// </summary>
internal static class SharedMemory
{
    private const int SizeBytes = 4096;
    private const int TextOffset = 8;
    private const int Request = 1;
    private const int Result = 2;
    private const int Read = 3;

    internal static void Serve(string name)
    {
        using (MemoryMappedFile file = MemoryMappedFile.CreateFromFile(PathOf(name), FileMode.CreateNew, null, SizeBytes))
        using (MemoryMappedViewAccessor memory = file.CreateViewAccessor())
        {
            Characters.Ready();
            Put(memory, Characters.Answer(Take(memory, Request)), Result);
            WaitFor(memory, Read);
        }

        File.Delete(PathOf(name));
    }

    internal static void Ask(string name, string line)
    {
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(PathOf(name), FileMode.Open);
        using MemoryMappedViewAccessor memory = file.CreateViewAccessor();
        Put(memory, line, Request);
        Console.WriteLine(Take(memory, Result));
        memory.Write(0, Read);
    }

    private static void Put(MemoryMappedViewAccessor memory, string text, int state)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        memory.WriteArray(TextOffset, bytes, 0, bytes.Length);
        memory.Write(4, bytes.Length);

        // The state last, and nothing before it may come after it.
        Thread.MemoryBarrier();
        memory.Write(0, state);
    }

    private static string Take(MemoryMappedViewAccessor memory, int state)
    {
        WaitFor(memory, state);
        byte[] bytes = new byte[memory.ReadInt32(4)];
        memory.ReadArray(TextOffset, bytes, 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes);
    }

    // Spins first, then sleeps for a millisecond at a time.
    private static void WaitFor(MemoryMappedViewAccessor memory, int state) => SpinWait.SpinUntil(() => memory.ReadInt32(0) == state);

    private static string PathOf(string name) => "/dev/shm/" + name;
}
