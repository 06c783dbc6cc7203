namespace DaprMoE.Gateway;

/// <summary>Opens the model that the options name.</summary>
/// <param name="options">The gateway's settings.</param>
/// <param name="services">What the process gives to models.</param>
/// <param name="cancellationToken">The process is told to stop.</param>
public delegate Task<ServedModel> ModelOpener(GatewayOptions options, OpeningServices services, CancellationToken cancellationToken);
