using DaprMoE.Text.Jinja;
using DaprMoE.Text.Jinja.Values;

namespace DaprMoE.Text;

/// <summary>
/// Turns a conversation into the text a model expects, by the Jinja template published with the model. Safe to use from several threads.
/// </summary>
public sealed class ChatTemplate
{
    private const string DefaultName = "default";
    private const string ToolUseName = "tool_use";

    private readonly IReadOnlyDictionary<string, JinjaTemplate> _templates;
    private readonly string _source;

    internal ChatTemplate(IReadOnlyDictionary<string, JinjaTemplate> templates, string source)
    {
        _templates = templates;
        _source = source;
    }

    /// <summary>Names of the templates; a model with one template has <c>default</c>.</summary>
    public IEnumerable<string> Names => _templates.Keys;

    /// <summary>
    /// Reads the template of a model folder: <c>chat_template.jinja</c> with <c>additional_chat_templates/</c>, else the entry
    /// <c>chat_template</c> of <c>tokenizer_config.json</c>.
    /// </summary>
    /// <param name="folder">Folder with the files of the tokenizer.</param>
    /// <param name="clock">Clock of <c>strftime_now</c> and of the time limit.</param>
    /// <returns>The template, or null if the folder has none.</returns>
    /// <exception cref="TemplateException">A template can't be read or parsed.</exception>
    public static ChatTemplate? Load(string folder, TimeProvider clock) => ChatTemplateFiles.Load(folder, clock, TemplateLimits.Default);

    /// <summary>Parses one template.</summary>
    /// <param name="source">Text of the template.</param>
    /// <param name="name">Name for messages.</param>
    /// <param name="clock">Clock of <c>strftime_now</c> and of the time limit.</param>
    /// <param name="limits">What a rendering may use; absent, <see cref="TemplateLimits.Default"/>.</param>
    /// <exception cref="TemplateException">The source is no template; the message names the line and what was expected.</exception>
    public static ChatTemplate Parse(string source, string name, TimeProvider clock, TemplateLimits? limits = null)
    {
        JinjaTemplate template = JinjaTemplate.Parse(source, name, clock, limits ?? TemplateLimits.Default);
        return new ChatTemplate(new Dictionary<string, JinjaTemplate> { [DefaultName] = template }, name);
    }

    /// <summary>Renders a conversation.</summary>
    /// <exception cref="TemplateException">The template refuses the conversation, fails on it, or goes beyond its limits.</exception>
    public string Render(ChatTemplateInput input)
    {
        JinjaTemplate template = Choose(input);
        if (!input.ContinueFinalMessage)
        {
            return template.Render(meter => ChatVariables.Of(input, JsonValues.Of(input.Messages, meter), meter));
        }

        if (input.AddGenerationPrompt)
        {
            throw Refused("continue_final_message and add_generation_prompt exclude each other; set one of them to false");
        }

        FinalMessage? final = null;
        string rendered = template.Render(meter =>
        {
            final = FinalMessage.Mark(JsonValues.Of(input.Messages, meter), meter);
            return ChatVariables.Of(input, final.Messages, meter);
        });
        return final!.CutAfter(rendered) ?? throw Refused(
            "continue_final_message is set, but the template doesn't write the final message as it is, so there is no place to go on");
    }

    private JinjaTemplate Choose(ChatTemplateInput input)
    {
        string name = input.TemplateName ?? (input.Tools is not null && _templates.ContainsKey(ToolUseName) ? ToolUseName : DefaultName);
        return _templates.TryGetValue(name, out JinjaTemplate? template)
            ? template
            : throw Refused($"there is no chat template '{name}'; there are: {string.Join(", ", Names.Order(StringComparer.Ordinal))}");
    }

    private TemplateException Refused(string reason) => new(reason, _source, 0, raisedByTemplate: false);
}
