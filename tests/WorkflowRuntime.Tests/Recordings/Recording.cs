using System.Text.Json;
using Google.Protobuf;

namespace DaprMoE.WorkflowRuntime.Tests;

/// <summary>The messages of one file of recorded traffic between a worker and a sidecar, in order.</summary>
internal sealed class Recording
{
    private static readonly string Folder = Path.Combine(Root(), "tests", "fixtures", "dapr-wire", "workflow");

    private Recording(IReadOnlyList<RecordedMessage> messages) => Messages = messages;

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.jsonl").Select(path => Path.GetFileNameWithoutExtension(path)).Order();

    public IReadOnlyList<RecordedMessage> Messages { get; }

    public static Recording Read(string name)
    {
        List<RecordedMessage> messages = [];
        foreach (string line in File.ReadLines(Path.Combine(Folder, name + ".jsonl")))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.TryGetProperty("type", out JsonElement type))
            {
                messages.Add(new RecordedMessage(type.GetString()!, document.RootElement.GetProperty("bytes").GetBytesFromBase64()));
            }
        }

        return new Recording(messages);
    }

    public IEnumerable<T> All<T>(string type)
        where T : IMessage<T>, new() =>
        Messages.Where(message => message.Type == type).Select(message => new MessageParser<T>(() => new T()).ParseFrom(message.Bytes));

    private static string Root()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DaprMoE.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The repository's root is not above the test.");
    }
}

internal sealed record RecordedMessage(string Type, byte[] Bytes);
