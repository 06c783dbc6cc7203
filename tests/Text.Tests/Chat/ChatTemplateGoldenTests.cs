using DaprMoE.Text.Verification;

namespace DaprMoE.Text.Tests.Chat;

public sealed class ChatTemplateGoldenTests
{
    [Theory]
    [InlineData("chatml-basic", 67)]
    [InlineData("qwen3-style", 67)]
    [InlineData("llama3-style", 67)]
    [InlineData("llama4-style", 67)]
    [InlineData("mistral-tools", 67)]
    [InlineData("mixtral-style", 67)]
    [InlineData("olmoe-style", 67)]
    [InlineData("phi35-style", 67)]
    [InlineData("deepseek-style", 67)]
    [InlineData("granite-style", 67)]
    [InlineData("harmony-style", 67)]
    [InlineData("showcase", 67)]
    public void Render_EveryConversation_EqualsTheReference(string template, int cases)
    {
        VerificationReport report = TemplateVerification.Run(Fixtures.PathOf("chat-templates", template));

        VerificationGroup group = Assert.Single(report.Groups);
        Assert.True(group.Failed == 0, $"{group.Failed} mismatches:\n{string.Join('\n', group.Mismatches)}");
        Assert.Equal(cases, group.Passed);
        Assert.Equal(template, group.Name);
    }
}
