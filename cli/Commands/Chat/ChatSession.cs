using DaprMoE.Gateway;
using DaprMoE.Text;

namespace DaprMoE.Cli;

/// <summary>A conversation with a model.</summary>
internal sealed class ChatSession(ServedModel model, ChatTemplate template, Answering answering, Conversation conversation)
{
    public string Model => model.Id;

    /// <summary>Says something and shows the answer.</summary>
    public async Task AnswerAsync(string prompt, CancellationToken cancellationToken)
    {
        conversation.Ask(prompt);
        try
        {
            int[] tokens = model.Tokenizer.Encode(conversation.Render(template, model.Tokenizer));
            Answer answer = await answering.RunAsync(tokens, cancellationToken);
            conversation.Answer(answer.Text);
        }
        catch (ContextFullException)
        {
            conversation.TakeBack();
            throw;
        }
    }

    /// <summary>Begins anew.</summary>
    public void Reset() => conversation.Reset();
}
