namespace DaprMoE.Gateway;

/// <summary>Which address is answered by what.</summary>
internal static class GatewayRoutes
{
    public static void Map(WebApplication app)
    {
        IServiceProvider services = app.Services;
        RequestLifetimes lifetimes = services.GetRequiredService<RequestLifetimes>();
        app.MapPost("/v1/chat/completions", lifetimes.Limit(services.GetRequiredService<ChatCompletionsEndpoint>().AnswerAsync));
        app.MapPost("/v1/completions", lifetimes.Limit(services.GetRequiredService<CompletionsEndpoint>().AnswerAsync));

        ModelsEndpoint models = services.GetRequiredService<ModelsEndpoint>();
        app.MapGet("/v1/models", (RequestDelegate)models.ListAsync);
        app.MapGet("/v1/models/" + ModelsEndpoint.IdRoute, (RequestDelegate)models.GetAsync);

        TokenizeEndpoint tokenize = services.GetRequiredService<TokenizeEndpoint>();
        app.MapPost("/tokenize", lifetimes.Limit(tokenize.TokenizeAsync));
        app.MapPost("/detokenize", lifetimes.Limit(tokenize.DetokenizeAsync));

        app.MapGet("/v1/experts", (RequestDelegate)services.GetRequiredService<ExpertsEndpoint>().ListAsync);
        app.MapGet("/v1/plan", (RequestDelegate)services.GetRequiredService<PlanEndpoint>().GetAsync);

        PolicyEndpoint policy = services.GetRequiredService<PolicyEndpoint>();
        app.MapGet("/v1/policy", (RequestDelegate)policy.GetAsync);
        app.MapPost("/v1/policy", lifetimes.Limit(policy.SwitchAsync));

        app.MapGet("/v1/bill", (RequestDelegate)services.GetRequiredService<BillEndpoint>().GetAsync);

        PendingEndpoints.Map(app);
    }
}
