using DaprMoE.Text.Verification;

namespace DaprMoE.Text.Tests.Chat;

public sealed class TemplateVerificationTests : IDisposable
{
    private const string Conversations = """
        {"conversations": [{"name": "hello", "messages": [{"role": "user", "content": "hi"}]},
                           {"name": "nobody", "messages": []}]}
        """;

    private const string Cases = """
        {"now": "2025-03-07T14:05:09", "special_tokens": {"bos_token": "<s>"}, "cases": [
          {"conversation": "hello", "expected": "<s>hi"},
          {"conversation": "nobody", "error": {"message": "No messages.", "raised_by_template": true}}]}
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("templates").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_TemplateAsExpected_PassesEveryCase()
    {
        Write("{{ bos_token }}{% if not messages %}{{ raise_exception('No messages.') }}{% endif %}{{ messages[0].content }}");

        VerificationGroup group = Assert.Single(TemplateVerification.Run(_folder).Groups);

        Assert.Equal((2, 0), (group.Passed, group.Failed));
        Assert.Equal(Path.GetFileName(_folder), group.Name);
        Assert.True(TemplateVerification.Applies(_folder));
    }

    [Fact]
    public void Run_OtherTextAndOtherError_AreMismatches()
    {
        Write("{{ messages[0].content + '!' }}");

        VerificationGroup group = Assert.Single(TemplateVerification.Run(_folder).Groups);

        Assert.Equal((0, 2), (group.Passed, group.Failed));
        Assert.Contains("hello: expected", group.Mismatches[0]);
        Assert.Contains("\"hi!\"", group.Mismatches[0]);
        Assert.Contains("nobody: expected the error: No messages.", group.Mismatches[1]);
    }

    [Fact]
    public void Run_ConversationsElsewhere_AreFoundByWith()
    {
        Write("{{ bos_token }}{{ messages[0].content if messages else raise_exception('No messages.') }}");
        string elsewhere = Directory.CreateDirectory(Path.Combine(_folder, "elsewhere")).FullName;
        File.Move(Path.Combine(_folder, "conversations.json"), Path.Combine(elsewhere, "conversations.json"));

        Assert.Throws<FileNotFoundException>(() => TemplateVerification.Run(_folder));
        Assert.Equal(0, TemplateVerification.Run(_folder, elsewhere).Groups[0].Failed);
    }

    private void Write(string template)
    {
        File.WriteAllText(Path.Combine(_folder, "template.jinja"), template);
        File.WriteAllText(Path.Combine(_folder, "cases.json"), Cases);
        File.WriteAllText(Path.Combine(_folder, "conversations.json"), Conversations);
    }
}
