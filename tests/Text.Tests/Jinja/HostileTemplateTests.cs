using System.Diagnostics;
using System.Text.Json;
using DaprMoE.Text.Jinja;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text.Tests.Jinja;

public sealed class HostileTemplateTests
{
    // jinja2 renders these; here the documented limits on the length of a text and on rare functions say otherwise.
    private static readonly string[] BeyondTheLimits = ["strftime-long"];

    public static TheoryData<string> Names()
    {
        using JsonDocument file = Open();
        return [.. file.RootElement.GetProperty("cases").EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Render_HostileTemplate_EndsSoonWithAnErrorOrTheSameOutput(string name)
    {
        using JsonDocument file = Open();
        JsonElement one = file.RootElement.GetProperty("cases").EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        JsonElement shared = file.RootElement.GetProperty("variables");
        string source = string.Concat(one.GetProperty("template_parts").EnumerateArray()
            .SelectMany(part => Enumerable.Repeat(part[0].GetString(), part[1].GetInt32())));
        JsonElement reference = one.GetProperty("jinja2");

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        (string? output, TemplateException? error) = Render(source, shared);
        watch.Stop();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        Assert.True(allocated < 2L << 30, $"allocated {allocated >> 20} MiB");
        bool isLegitimate = reference.TryGetProperty("output", out JsonElement expected) && !BeyondTheLimits.Contains(name);
        if (isLegitimate)
        {
            Assert.True(error is null, error?.Message);
            Assert.Equal(expected.GetString(), output);
        }
        else
        {
            bool same = reference.TryGetProperty("length", out JsonElement length) && output?.Length == length.GetInt32();
            Assert.True(error is not null || same, $"gave {output?.Length} characters");
        }
    }

    private static JsonDocument Open() => JsonDocument.Parse(File.ReadAllBytes(Fixtures.PathOf("chat-templates", "jinja-dos.json")));

    private static (string? Output, TemplateException? Error) Render(string source, JsonElement shared)
    {
        try
        {
            JinjaTemplate template = JinjaTemplate.Parse(source, "hostile", TimeProvider.System, TemplateLimits.Default);
            return (template.Render(meter => shared.EnumerateObject()
                .Select(variable => KeyValuePair.Create(variable.Name, JsonValues.Of(variable.Value, meter)))), null);
        }
        catch (TemplateException error)
        {
            return (null, error);
        }
    }
}
